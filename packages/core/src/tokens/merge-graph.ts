import type { MergeTable } from "./merge-table.ts";
import { encodeModel, type Graph, type Node, type Tensor } from "./onnx-model.ts";

/**
 * Byte-pair merging as an ONNX graph of standard operators (opset 18 and `ai.onnx.ml` 4; spec serving §5.4).
 *
 * Input and output `ids`: int64 [pieces, length], the token ids of each piece from the left, -1 behind them. A loop makes one merge in
 * every row per round, the one of the lowest rank and of these the leftmost, until no row has any. For a row [a, b, c, -1]:
 *
 *   pairs   (a,b) (b,c) (c,-1)       neighbours; a pair is one number, -1 where the right one is padding
 *   ranks      7     3    none       LabelEncoder, a hash map
 *   position            1            ArgMin, the first of equals
 *   ids     a  bc  -1  -1            before it the old ids, at it the merged one, behind it the old ids moved left by one
 */
export function mergeGraph(table: MergeTable): Uint8Array {
  const body: Graph = {
    name: "one-merge-per-row",
    nodes: [...rankNodes(table), ...chooseNodes, ...applyNodes],
    constants: { ...bodyConstants, radix: one(table.radix), id_of_rank: list(table.idOfRank) },
    inputs: [
      { name: "round", type: "int64", shape: [] },
      { name: "going", type: "bool", shape: [] },
      { name: "ids", type: "int64", shape: ["pieces", "length"] },
    ],
    outputs: [
      { name: "go_on", type: "bool", shape: [] },
      { name: "merged", type: "int64", shape: ["pieces", "length"] },
    ],
  };
  const graph: Graph = {
    name: "merge",
    // No limit of rounds and no condition before the first: the body decides.
    nodes: [{ op: "Loop", inputs: ["", "", "start"], outputs: ["end"], attributes: { body } }],
    constants: {},
    inputs: [{ name: "start", type: "int64", shape: ["pieces", "length"] }],
    outputs: [{ name: "end", type: "int64", shape: ["pieces", "length"] }],
  };
  return encodeModel(graph, [
    { domain: "", version: 18 },
    { domain: "ai.onnx.ml", version: 4 },
  ]);
}

/** Above every rank. */
const none = 2 ** 40;

const int64 = 7;
const bool = 9;

const bodyConstants = {
  zero: one(0),
  first: list([0]),
  second: list([1]),
  last: list([-1]),
  far: list([none]),
  none: one(none),
  padding: one(-1),
  columns: list([1]),
  behind: list([0, 0, 0, 1]),
  step: one(1),
} satisfies Graph["constants"];

/** `ranks` [pieces, length-1] of all neighbours, and `right`, the ids without the first of each row. */
function rankNodes({ rankOfPair }: MergeTable): Node[] {
  const keys = Float64Array.from(rankOfPair.keys());
  const values = Float64Array.from(rankOfPair.values());
  const lookUp = { keys_tensor: list(keys), values_tensor: list(values), default_tensor: list([none]) };
  return [
    node("Slice", ["ids", "first", "last", "columns"], "left"),
    node("Slice", ["ids", "second", "far", "columns"], "right"),
    node("Mul", ["left", "radix"], "scaled"),
    node("Add", ["scaled", "right"], "key"),
    node("Less", ["right", "zero"], "is_padding"),
    node("Where", ["is_padding", "padding", "key"], "pair"),
    { ...node("LabelEncoder", ["pair"], "ranks"), domain: "ai.onnx.ml", attributes: lookUp },
  ];
}

/** `position` and `id` of each row's merge [pieces, 1]; a row without one has a position beyond its end. */
const chooseNodes: readonly Node[] = [
  node("ReduceMin", ["ranks", "columns"], "rank", { keepdims: 1 }),
  node("ArgMin", ["ranks"], "lowest", { axis: 1, keepdims: 1, select_last_index: 0 }),
  node("Less", ["rank", "none"], "merges"),
  node("Where", ["merges", "lowest", "none"], "position"),
  node("Where", ["merges", "rank", "zero"], "safe_rank"),
  node("Gather", ["id_of_rank", "safe_rank"], "id", { axis: 0 }),
  node("Cast", ["merges"], "merge_count", { to: int64 }),
  node("ReduceMax", ["merge_count"], "any_merge", { keepdims: 0 }),
  node("Cast", ["any_merge"], "go_on", { to: bool }),
];

const applyNodes: readonly Node[] = [
  node("Pad", ["right", "behind", "padding"], "moved"),
  node("Shape", ["ids"], "length", { start: 1, end: 2 }),
  node("Squeeze", ["length"], "columns_count"),
  node("Range", ["zero", "columns_count", "step"], "column"),
  node("Less", ["column", "position"], "is_before"),
  node("Equal", ["column", "position"], "is_at"),
  node("Where", ["is_at", "id", "moved"], "from_position"),
  node("Where", ["is_before", "ids", "from_position"], "merged"),
];

function node(op: string, inputs: readonly string[], output: string, attributes: Node["attributes"] = {}): Node {
  return { op, inputs, outputs: [output], attributes };
}

function one(value: number): Tensor {
  return { dims: [], values: [value] };
}

function list(values: ArrayLike<number>): Tensor {
  return { dims: [values.length], values };
}

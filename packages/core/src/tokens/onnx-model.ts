import { ProtoWriter } from "./proto-writer.ts";

/** The small part of ONNX's file format (onnx.proto3) that a graph of integer operators needs, as plain data, and its encoding. */

export type ElementType = "int64" | "bool";
const elementTypes: Readonly<Record<ElementType, number>> = { int64: 7, bool: 9 };

export interface Tensor {
  readonly dims: readonly number[];
  /** Row by row; numbers below 2^53. */
  readonly values: ArrayLike<number>;
}

/** A graph's input or output; a name as a dimension means any size. */
export interface Value {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (string | number)[];
}

export type Attribute = number | readonly number[] | Tensor | Graph;

export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly constants: Readonly<Record<string, Tensor>>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

export interface Opset {
  readonly domain: string;
  readonly version: number;
}

const irVersion = 9;

/** The bytes of an `.onnx` file. */
export function encodeModel(graph: Graph, opsets: readonly Opset[]): Uint8Array {
  const model = new ProtoWriter();
  model.number(1, irVersion);
  model.text(2, "metamem");
  model.message(7, (writer) => writeGraph(writer, graph));
  for (const { domain, version } of opsets) {
    model.message(8, (writer) => {
      writer.text(1, domain);
      writer.number(2, version);
    });
  }
  return model.finish();
}

function writeGraph(writer: ProtoWriter, { name, nodes, constants, inputs, outputs }: Graph): void {
  for (const node of nodes) writer.message(1, (inner) => writeNode(inner, node));
  writer.text(2, name);
  for (const [constant, tensor] of Object.entries(constants)) {
    writer.message(5, (inner) => writeTensor(inner, tensor, constant));
  }
  for (const input of inputs) writer.message(11, (inner) => writeValue(inner, input));
  for (const output of outputs) writer.message(12, (inner) => writeValue(inner, output));
}

function writeNode(writer: ProtoWriter, { op, inputs, outputs, domain = "", attributes = {} }: Node): void {
  for (const input of inputs) writer.text(1, input);
  for (const output of outputs) writer.text(2, output);
  writer.text(4, op);
  for (const [name, attribute] of Object.entries(attributes)) {
    writer.message(5, (inner) => writeAttribute(inner, name, attribute));
  }
  writer.text(7, domain);
}

function writeAttribute(writer: ProtoWriter, name: string, attribute: Attribute): void {
  const kinds = { int: 2, tensor: 4, graph: 5, ints: 7 } as const;
  writer.text(1, name);
  if (typeof attribute === "number") {
    writer.number(3, attribute);
    writer.number(20, kinds.int);
  } else if ("nodes" in attribute) {
    writer.message(6, (inner) => writeGraph(inner, attribute));
    writer.number(20, kinds.graph);
  } else if ("dims" in attribute) {
    writer.message(5, (inner) => writeTensor(inner, attribute, name));
    writer.number(20, kinds.tensor);
  } else {
    for (const one of attribute) writer.number(8, one);
    writer.number(20, kinds.ints);
  }
}

function writeTensor(writer: ProtoWriter, { dims, values }: Tensor, name: string): void {
  for (const dim of dims) writer.number(1, dim);
  writer.number(2, elementTypes.int64);
  writer.text(8, name);
  const raw = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) raw.setBigInt64(8 * i, BigInt(values[i] ?? 0), true);
  writer.bytes(9, new Uint8Array(raw.buffer));
}

function writeValue(writer: ProtoWriter, { name, type, shape }: Value): void {
  writer.text(1, name);
  writer.message(2, (typeWriter) =>
    typeWriter.message(1, (tensor) => {
      tensor.number(1, elementTypes[type]);
      tensor.message(2, (dims) => {
        for (const dim of shape) {
          dims.message(1, (inner) => (typeof dim === "number" ? inner.number(1, dim) : inner.text(2, dim)));
        }
      });
    }),
  );
}

import { findFamily, protocolNames, registeredFamilies, scaffoldNames } from "@metamem/loops";
import { printJson, printLines } from "../console.ts";
import { table } from "../render/layout.ts";
import { printableLine } from "../render/printable.ts";

export interface TasksOptions {
  readonly env?: string;
  readonly json?: boolean;
}

/** Lists what can be played, and with what. */
export async function tasksCommand(options: TasksOptions): Promise<number> {
  const own = options.env === undefined ? registeredFamilies() : [await findFamily(options.env)];
  const families = own.map(({ name, title, version, tasks, player, parity }) => ({
    name,
    title,
    version,
    scripted: player !== undefined,
    parity: parity !== undefined,
    tasks: tasks.map(({ id, title: taskTitle, maxSteps, actions }) => ({
      id,
      title: taskTitle,
      maxSteps,
      actions: actions.length,
    })),
  }));
  const scaffolds = scaffoldNames();
  const protocols = protocolNames();
  if (options.json === true) {
    printJson({ schema: "metamem.tasks/1", families, scaffolds, protocols });
    return 0;
  }
  const listed = families.flatMap(({ name, tasks }) => tasks.map((task) => ({ ...task, name: `${name} ${task.id}` })));
  const rows = table(listed.map(({ name, maxSteps, actions }) => [name, `${maxSteps} steps`, `${actions} actions`]));
  printLines([
    "environments and tasks",
    ...rows.map((row, index) => `${row}  ${printableLine(listed[index]?.title ?? "")}`),
    "",
    `scaffolds  ${scaffolds.join(", ")}`,
    `protocols  ${protocols.join(", ")}`,
  ]);
  return 0;
}

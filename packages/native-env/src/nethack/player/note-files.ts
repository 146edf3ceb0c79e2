import { NoteFiles } from "../../player/note-files.ts";

/** Where the notes go. Notes on the level hold until it is left: then the file is written anew. */
export const noteFiles = new NoteFiles({
  state: { hints: /strateg|goal|plan|state/i, expires: () => false, redraws: () => false },
  map: {
    hints: /map|where|places/i,
    expires: (key) =>
      /^(?:branch|shop|stairs_|doors|holes|peaceful|searched |locked |blocked |dropped |avoid |walked )/.test(key),
    redraws: (_key, change) => change === "gone",
  },
});

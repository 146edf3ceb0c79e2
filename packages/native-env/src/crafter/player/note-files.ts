import { NoteFiles } from "../../player/note-files.ts";

/** Where the notes go. */
export const noteFiles = new NoteFiles({
  state: { hints: /strateg|goal|plan|state/i, expires: () => false, redraws: () => false },
  map: {
    hints: /map|where/i,
    // Plants and cows that are no longer there.
    expires: (key) => key === "cow" || key.startsWith("plant "),
    // New rows would end up below the others: the picture is drawn anew.
    redraws: (key, change) => change === "new" && key.startsWith("row "),
  },
  progress: { hints: /progress|achiev/i, expires: () => false, redraws: () => false },
});

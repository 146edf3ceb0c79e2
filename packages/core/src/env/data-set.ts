/** Something a family plays from that this project must not or need not bring along, e.g. a published collection of levels. */
export interface DataSet {
  /** Lower-case, unique among all families: what a user types. */
  readonly name: string;
  readonly title: string;
  /** Where a user gets it, in one clause. */
  readonly origin: string;
  /**
   * Environment variable that names a folder to play from instead of what is stored. On the command line it is also an option of the set's name,
   * `--<name> <folder>`, as far as the family comes along.
   */
  readonly folderVariable?: string;
  /** What this machine has stored of it, read whole and compared with what was stored. */
  state(): Promise<readonly DataSetPart[]>;
  /**
   * Checks a copy of it and stores that; what was stored before is replaced whole or not at all. Parts that the copy lacks stay as they are.
   * @param from folder or archive
   * @returns what was stored now, at least one part
   * @throws UsageError naming the first thing that is wrong with the copy
   */
  import(from: string, options: DataImportOptions): Promise<readonly DataSetPart[]>;
}

export interface DataImportOptions {
  /** Path of a text file that says in which order the files count, one name a line; sorted by name without it. */
  readonly order?: string;
  /** Bytes read, of how many; both estimates for archives. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface DataSetPart {
  readonly name: string;
  /** What it is, for people: it says whether this is the known published content. */
  readonly label: string;
  readonly items: number;
  /** What an item is, in the plural, e.g. `levels`. */
  readonly unit: string;
  /** Of the content in its order; of the file where no content can be made out. */
  readonly sha256: string;
  readonly path: string;
  /** Size of the file at `path`. */
  readonly bytes: number;
  /** False: the file was damaged since. */
  readonly intact: boolean;
}

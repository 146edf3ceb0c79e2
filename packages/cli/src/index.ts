/** @module The command line is `main.ts`; other packages do not import this one. */
export {};

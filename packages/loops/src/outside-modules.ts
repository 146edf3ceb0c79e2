import * as core from "@metamem/core";

let offered = false;

/**
 * Lets a module from anywhere import `@metamem/core`. Packages are looked for upwards from the importing file, so a game outside the
 * checkout would find none; and one it had of its own would be another copy, whose errors this one would not recognise.
 */
export function offerCore(): void {
  if (offered) return;
  offered = true;
  Bun.plugin({
    name: "metamem-core",
    setup(build) {
      build.module("@metamem/core", () => ({ exports: core, loader: "object" }));
    },
  });
}

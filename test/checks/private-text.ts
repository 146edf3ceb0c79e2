/** Nothing committed may hold what is true on one machine only: absolute paths of a user, or a package registry's host. */

import { matches, type SourceFile, type Violation } from "./source-file.ts";

const machinePath = /(?<![\w./-])\/(?:root|home|Users|work|tmp)\/[\w.@-]+/g;
const registryHost = /https?:\/\/[\w.-]*(?:registry|artifactory|npmjs|yarnpkg|verdaccio)[\w.-]*/gi;
/** A lock file is made by a tool that may write where it got packages from; it needs no address at all. */
const anyAddress = /https?:\/\/[^\s"']+/g;

/** Reports machine paths everywhere, registry hosts everywhere, and any address in a lock file. */
export function privateText(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => [
    ...matches(file, machinePath, (found) => `'${found}' is a path of one machine`),
    ...matches(
      file,
      file.path.endsWith(".lock") ? anyAddress : registryHost,
      (found) => `'${found}' is a package host`,
    ),
  ]);
}

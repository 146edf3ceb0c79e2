import { describe, expect, test } from "vitest";
import { installCommand, kindOfOsRelease } from "./platform.ts";

describe("kindOfOsRelease", () => {
  test("knows systems by their own name and by what they derive from", () => {
    expect(kindOfOsRelease('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n')).toBe("debian");
    expect(kindOfOsRelease('ID=pop\nID_LIKE="ubuntu debian"\n')).toBe("debian");
    expect(kindOfOsRelease('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toBe("fedora");
    expect(kindOfOsRelease('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n')).toBe("suse");
    expect(kindOfOsRelease("ID=alpine\nVERSION_ID=3.22\n")).toBe("alpine");
    expect(kindOfOsRelease("ID=arch\n")).toBe("arch");
  });

  test("does not guess", () => {
    expect(kindOfOsRelease("ID=plan9\nNAME=debian-like\n")).toBe("unknown");
    expect(installCommand("unknown", true)).toBeUndefined();
  });
});

test("sudo is named only to those who are not administrator", () => {
  expect(installCommand("debian", true)).toBe("apt-get update && apt-get install -y build-essential cmake");
  expect(installCommand("debian", false)).toBe("sudo apt-get update && sudo apt-get install -y build-essential cmake");
});

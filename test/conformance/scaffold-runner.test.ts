import { openTrustedRunner } from "@metamem/core";
import { scaffoldRunnerSuite } from "./scaffold-runner.ts";

scaffoldRunnerSuite("trusted runner", openTrustedRunner);

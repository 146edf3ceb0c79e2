import { EnvironmentError } from "@metamem/core";
import { expect, test } from "vitest";
import { NativeHandle } from "./handle.ts";

test("a handle gives its number until it is closed, and is released once", () => {
  const released: number[] = [];
  const handle = new NativeHandle("test game", 7, (number) => released.push(number));
  expect(handle.number).toBe(7);
  handle.close();
  handle.close();
  expect(released).toEqual([7]);
  expect(() => handle.number).toThrow(EnvironmentError);
  expect(() => handle.number).toThrow("this test game is closed");
});

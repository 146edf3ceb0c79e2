export { nethackPlayer } from "./player.ts";

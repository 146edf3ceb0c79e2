export { minihackPlayer } from "./player.ts";

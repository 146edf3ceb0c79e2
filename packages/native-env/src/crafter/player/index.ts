export { crafterPlayer } from "./player.ts";

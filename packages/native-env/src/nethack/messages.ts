/**
 * What a message of the game amounts to. `outcome`: a deed was done, and doing it again is another one (a blow, a kick). `refusal`: nothing was
 * done, and the same again will not help. `news`: everything else.
 */
export type MessageClass = "outcome" | "refusal" | "news";

const outcomes = [
  /\b[Yy]ou (just )?(hit|miss|kill|destroy|bite|kick|smite|strike|slash|claw|butt|sting|touch|stop eating|swap places)\b/,
  /\bWHAMM|\bWHACK|\bThe door (opens|closes|locks|unlocks|swings|resists)\b|\bAs you kick\b/,
  /\b(bites|hits|misses|kicks|stings|claws|butts|touches)[ !.]/,
];

const refusals = [
  /\b[Yy]ou (can't|cannot|don't have|have nothing|have no|see no|don't see|aren't|are unable|do not have)\b/,
  /\bThere (is|isn't|are) (nothing|no|anything)\b|\bThere isn't\b|\bNothing (seems to happen|happens|interesting happens)\b/,
  /\bNever mind\b|\bUnknown command\b|\bNoop\b|\bInvalid\b|\bWhat a strange direction\b/,
  /\bThis door(way)? (is|has no)\b|\bThat door is closed\b|\bIt's (a wall|solid stone)\b|\bIt's locked\b/,
  /\bis in your way\b|\bYou stop\. /,
];

/** Refusals win: `You have nothing to hit with` tells of no blow. */
export function messageClass(message: string): MessageClass {
  if (refusals.some((pattern) => pattern.test(message))) return "refusal";
  return outcomes.some((pattern) => pattern.test(message)) ? "outcome" : "news";
}

/** Characters of an op's argument, and of an action as the model wrote it, that lie in their event. */
export const maxArgument = 4096;
export const maxRawAction = 1000;

/**
 * Model text for an event, which is one line that readers hold whole: cut to `most` characters, with a mark that tells its length. The whole
 * is in the reply of the call.
 */
export function inlineText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}… [${text.length} characters]`;
}

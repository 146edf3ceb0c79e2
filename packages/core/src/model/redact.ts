const longestMessage = 300;
/** Shorter ones are place-holders (`x`, `-`), and blanking them would garble the text. */
const shortestKey = 4;

export type Redact = (text: string) => string;

/** Makes foreign text fit for an error or a log: one bounded line without the key, should a server have echoed it. */
export function redactor(key: string | null): Redact {
  const forms = key === null || key.length < shortestKey ? [] : [key, JSON.stringify(key).slice(1, -1)];
  return (text) => {
    // The key goes first: cutting could leave half of it.
    const clean = forms.reduce((rest, form) => rest.replaceAll(form, "***"), text);
    const line = clean.replace(/[\s\p{Cc}]+/gu, " ").trim();
    return line.length > longestMessage ? `${line.slice(0, longestMessage).toWellFormed()}…` : line;
  };
}

const patienceMs = 5000;

/**
 * Sends something that may be sent twice, again and again until there is an answer: a client that loses its connection twice in a row may lose
 * what it held back, and nobody may wait for ever for that.
 */
export async function answered<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = send();
    // The answer of an earlier sending may still come, or fail with its connection.
    answer.catch(() => {});
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), patienceMs);
    });
    const first = await Promise.race([answer.then((value) => ({ value })), late]);
    clearTimeout(timer);
    if (first !== null) return first.value;
  }
}

const answerMs = 5000;

/** Whether the server at this address answers `/health` with success. Never rejects. */
export async function isHealthy(root: string, signal: AbortSignal): Promise<boolean> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
  try {
    const response = await fetch(`${root}/health`, { signal: deadline, redirect: "manual" });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

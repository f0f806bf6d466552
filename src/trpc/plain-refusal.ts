/** A refusal of a plain HTTP answer in the form that procedures give it. */
export async function refusalFrom(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  const found = typeof body === 'object' && body !== null && 'reason' in body ? body : null;
  const message = found && 'message' in found ? String(found.message) : response.statusText;
  return { message, data: { code: `${response.status}`, refusal: found } };
}

/** What the panel asks of the server. */

/**
 * @typedef {Partial<import("./data.js").Wanted>} Wanted
 * @typedef {ReturnType<typeof asking>} Server
 */

/** Why a file is not there, in the reader's words. */
export class NoFile extends Error {}

/** @param {string} token @param {import("../../stage/types.js").Controls} controls as they are when the panel opens */
export function asking(token, controls) {
  /** @param {Wanted} wanted @param {AbortSignal} signal */
  async function answered(wanted, signal) {
    const body = JSON.stringify({ ...wanted, controls });
    const response = await fetch(new URL(`taking/${token}`, document.baseURI), { method: "POST", body, signal });
    if (response.status === 422) throw new NoFile((await response.json()).reason);
    if (!response.ok) throw new Error(String(response.status));
    return response;
  }
  return {
    /** @param {Wanted} wanted @param {AbortSignal} signal */
    json: async (wanted, signal) => (await answered(wanted, signal)).json(),
    /** @param {Wanted} wanted @param {AbortSignal} signal */
    async file(wanted, signal) {
      const response = await answered(wanted, signal);
      const [, name = ""] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "") ?? [];
      return { name: decodeURIComponent(name), blob: await response.blob() };
    },
  };
}

/** Where a browser keeps its seat in a class: a tab has one, and comes back to it; the teacher's key stays at home. */

/**
 * @typedef {import("./client.js").Seat} Seat
 * @typedef {Seat & {apart?: boolean}} Kept
 * @typedef {Pick<Storage, "getItem"|"setItem"|"removeItem">} Place
 */

const TAB = "gatewalk.class",
  TEACHER = "gatewalk.class.key",
  STUDENT = "gatewalk.class.client";

/** @param {Place} place @param {string} name @returns {any} what is kept, if it can be read */
function read(place, name) {
  try {
    return JSON.parse(place.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {any} kept @returns {kept is Kept} */
const isSeat = (kept) =>
  typeof kept?.code === "string" && typeof kept.secret === "string" && /^(teacher|student)$/.test(kept.role);

/** 128 bits. */
export const token = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {Place} tab of this tab alone @param {Place} home of the browser */
export function createSeats(tab, home) {
  return {
    /** @returns {Kept|null} */
    now() {
      const kept = read(tab, TAB);
      return isSeat(kept) ? kept : null;
    },
    /** The class that this browser teaches, in whichever tab. @returns {Kept|null} */
    taught() {
      const kept = read(home, TEACHER);
      return isSeat(kept) && kept.role === "teacher" ? kept : null;
    },
    /** @param {Kept} seat */
    take(seat) {
      tab.setItem(TAB, JSON.stringify(seat));
      home.setItem(seat.role === "teacher" ? TEACHER : STUDENT, JSON.stringify(seat));
    },
    /** @param {string} code @returns {Kept} the same student as before, in the same class */
    student(code) {
      const kept = read(home, STUDENT);
      const known = isSeat(kept) && kept.code === code && kept.role === "student";
      return known ? kept : { code, role: "student", secret: token() };
    },
    leave() {
      tab.removeItem(TAB);
    },
    /** The class has ended. */
    forget() {
      const seat = read(tab, TAB);
      tab.removeItem(TAB);
      if (seat?.role === "teacher") home.removeItem(TEACHER);
    },
  };
}

/** A code as people type it: without spaces and marks, in capitals. @param {string} text */
export const codeOf = (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, "");

/** A code as it is read out. @param {string} code */
export const spoken = (code) => `${code.slice(0, 3)} ${code.slice(3)}`;

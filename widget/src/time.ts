// SPDX-License-Identifier: Apache-2.0

// The length of each unit in seconds, from the longest.
const units = {
  year: 31_536_000,
  month: 2_592_000,
  week: 604_800,
  day: 86_400,
  hour: 3_600,
  minute: 60,
};

// "il y a 3 jours", "yesterday". Both instants in milliseconds. Less than a minute ago, or in the
// future because a clock is wrong, is "now".
export function relativeTime(then: number, now: number, tag: string): string {
  const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const seconds = (now - then) / 1000;
  for (const [unit, length] of Object.entries(units)) {
    const count = Math.floor(seconds / length);
    if (count > 0) return format.format(-count, unit as keyof typeof units);
  }
  return format.format(0, 'second');
}

export function fullTime(then: number, tag: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short' }).format(then);
}

// "dans 5 minutes", "dans 3 heures": rounded up, lest somebody come back too early.
export function timeUntil(ms: number, tag: string): string {
  const minutes = ms / 60_000;
  const [count, unit] = minutes < 100 ? [minutes, 'minute'] : [minutes / 60, 'hour'];
  return new Intl.RelativeTimeFormat(tag).format(Math.ceil(count as number), unit as 'hour');
}

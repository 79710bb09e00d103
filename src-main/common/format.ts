const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
/** From this part of a unit on, three digits show the whole. */
const ROUNDED = 0.9995;

/** A value with so many digits that count, and no powers of ten for large ones: "0.0312", "31.0", "1,020". */
export function formatDigits(value: number, digits = 3): string {
  const text = value.toPrecision(digits);
  return text.includes('e+') ? Number(text).toLocaleString('en-GB') : text;
}

/** Bytes with decimal units: "3.20 MB". */
export function formatBytes(bytes: number): string {
  const reaches = (unit: number): boolean => bytes >= (unit === 1 ? 1 : ROUNDED) * 1000 ** unit;
  const step = UNITS.findLastIndex((_, unit) => unit === 0 || reaches(unit));
  return `${step === 0 ? bytes : formatDigits(bytes / 1000 ** step)} ${UNITS[step]}`;
}

/** Counts as people say them: "31.0 million", "7,926". */
export function formatCount(count: number): string {
  if (count >= ROUNDED * 1e9) return `${formatDigits(count / 1e9)} billion`;
  if (count >= 1e6) return `${formatDigits(count / 1e6)} million`;
  return Math.round(count).toLocaleString('en-GB');
}

/** Counts where there is little room: "2.1 k", "127 k", "1.94 M". */
export function shortCount(count: number): string {
  if (count < 1000) return String(Math.round(count));
  const step = count < 999_500 ? 1e3 : count < 999.5e6 ? 1e6 : 1e9;
  return `${Number((count / step).toPrecision(count / step < 10 && step === 1e3 ? 2 : 3))} ${step === 1e3 ? 'k' : step === 1e6 ? 'M' : 'G'}`;
}

/** A share of one as percent: "95.2 %". */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A difference of two shares: "3.1 percentage points". */
export function formatPoints(difference: number): string {
  return `${(100 * difference).toFixed(1)} percentage points`;
}

/** Seconds as "4 min 05 s" or "12 s". */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole === 0 && seconds > 0) return 'under 1 s';
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** A Dice value as people write it: "0.873". */
export function formatDice(value: number): string {
  return value.toFixed(3);
}

/** A number of things: "1 image", "3 images". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

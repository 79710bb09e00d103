import { formatBytes } from '#common/format.ts';
import { brief } from '../window/words.ts';

const KNOWN: Readonly<Record<string, { label: string; text: (value: number) => string }>> = {
  epoch: { label: 'Pass (epoch)', text: brief },
  loss: { label: 'Error (loss)', text: brief },
  validationDice: { label: 'Dice, validation images', text: (value) => value.toFixed(3) },
  imagesPerSecond: { label: 'Speed', text: (value) => `${brief(value)} images/s` },
  residentBytes: { label: 'Memory', text: (value) => formatBytes(Math.round(value)) },
  learningRate: { label: 'Learning rate', text: brief },
};

/** A live figure of a job, in words. */
export function figureWords(name: string, value: number): { label: string; text: string } {
  const known = KNOWN[name];
  if (known) return { label: known.label, text: known.text(value) };
  return { label: name.replace(/([A-Z])/g, ' $1').toLowerCase(), text: brief(value) };
}

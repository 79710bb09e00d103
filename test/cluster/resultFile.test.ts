import { expect, it } from 'vitest';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { resultText } from '../../src-main/cluster/resultFile.ts';
import { outcomeSchema } from '../../src-main/cluster/taskFormat.ts';
import { exampleRun } from '../project/examples.ts';

it("the result of a task names images as they are called, whatever '$' is in their names", () => {
  const name = "cost$$ $& $' $1";
  const accuracy = {
    dice: 0.5,
    iou: 0.4,
    pooledDice: 0.5,
    pooledIou: 0.4,
    perImage: [{ name, dice: 0.5, iou: 0.4 }],
  };
  const outcome = outcomeSchema.parse({
    product: PRODUCT_VERSION,
    task: '000001',
    test: accuracy,
    validation: accuracy,
    history: [],
  });
  const read = JSON.parse(resultText(exampleRun(), [], outcome)) as { outcome: typeof outcome };
  expect(read.outcome.test.perImage[0]?.name).toBe(name);
});

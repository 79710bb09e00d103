/**
 * Attacks at length: `npm run attack -- images|libraries|projects|contents|networks|kills|cuts|power [TRIES] [SEED]`. Prints what became of them; exit code 1 when
 * something was lost or taken in that cannot be.
 */
import { canKillAtSystemCalls, killAtSystemCalls } from './kills/killAtSystemCalls.ts';
import { watchContents } from './contents/watchContents.ts';
import { attackImages } from './mutations/images.ts';
import { attackLibraries } from './mutations/libraries.ts';
import { type Outcome, total } from './mutations/mutate.ts';
import { attackNetworkFiles, attackStoredNetworks } from './mutations/networks.ts';
import { attackProjects } from './mutations/projects.ts';
import { canMount } from './powerCut/canMount.ts';
import { cutRecorded } from './powerCut/cutRecorded.ts';
import { cutLoopDevice } from './powerCut/loopDevice.ts';
import { canRecord, recordWorkload } from './powerCut/recordedCalls.ts';

const [name = '', tries = '200', seed = '1'] = process.argv.slice(2);
const [count, number] = [Number(tries), Number(seed)];

function tell({ what, tries: tried, refused, right, wrong }: Outcome): void {
  console.log(
    `${what.padEnd(24)} ${tried} tries: ${refused} refused, ${right} right, ${wrong} with other content`,
  );
}

function lost(all: readonly { readonly lost: readonly string[] }[], what: string): number {
  const bad = all.filter((one) => one.lost.length > 0);
  for (const one of bad.slice(0, 10)) console.log(JSON.stringify(one));
  console.log(`${all.length} ${what}, ${bad.length} lost something`);
  return bad.length;
}

switch (name) {
  case 'images': {
    const outcomes = await attackImages(count, number);
    for (const outcome of [...outcomes, total(outcomes, 'all')]) tell(outcome);
    break;
  }
  case 'libraries': {
    const outcome = attackLibraries(count, number);
    tell(outcome);
    process.exitCode = outcome.wrong > 0 ? 1 : 0;
    break;
  }
  case 'projects':
    tell(attackProjects(count, number));
    break;
  case 'contents': {
    const { uses, findings, slowestSeconds, peakBytes } = await watchContents(count, number);
    for (const { words, ...finding } of findings) console.log(`${JSON.stringify(finding)}\n${words}\n`);
    const told = Object.entries(uses).map(([ended, times]) => `${times} ${ended}`);
    console.log(`${count} tries, each used in several ways: ${told.join(', ')}`);
    console.log(`slowest ${slowestSeconds.toFixed(1)} s, peak ${Math.round(peakBytes / 1e6)} MB`);
    process.exitCode = findings.length > 0 ? 1 : 0;
    break;
  }
  case 'networks':
    tell(await attackNetworkFiles(count, number));
    tell(await attackStoredNetworks(count, number));
    break;
  case 'kills': {
    if (!canKillAtSystemCalls()) throw new Error('This needs strace.');
    const kills = await killAtSystemCalls(Array.from({ length: count }, (_, index) => 5 + 2 * index));
    console.log(`${kills.filter(({ ended }) => ended).length} came to their end before`);
    process.exitCode = lost(kills, 'kills') > 0 ? 1 : 0;
    break;
  }
  case 'cuts': {
    if (!canRecord()) throw new Error('This needs Linux and a C compiler.');
    const cuts = cutRecorded(await recordWorkload(5), { between: count, seed: number });
    process.exitCode = lost(cuts, 'power cuts of a strict disk') > 0 ? 1 : 0;
    break;
  }
  case 'power':
    if (!canMount()) throw new Error('This needs Linux and the right to mount a loop device.');
    process.exitCode = lost(await cutLoopDevice(Math.ceil(count / 3)), 'power cuts') > 0 ? 1 : 0;
    break;
  default:
    throw new Error('Name an attack: images, libraries, projects, contents, networks, kills, cuts or power.');
}

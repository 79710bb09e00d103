import type { AppSettings, NoticeName, Notices } from '#contract/channels.ts';
import type { MediaProcess } from '../processes/mediaProcess.ts';
import type { JobQueue } from '../jobs/jobQueue.ts';
import type { ProjectSession } from '../project/projectSession.ts';
import type { GrantedPaths } from '../storage/grantedPaths.ts';
import type { JsonFile } from '../../files/jsonFile.ts';
import type { RecentProjects } from '../storage/recentProjects.ts';

/** Folders of this installation and this user. */
export interface Places {
  /** Bundled entries. */
  readonly dist: string;
  readonly userData: string;
  /** Where results go while the user has set no folder. */
  readonly exports: string;
}

/** What the handlers of the window's calls work with. */
export interface Services {
  readonly places: Places;
  readonly settings: JsonFile<AppSettings>;
  readonly recent: RecentProjects;
  readonly granted: GrantedPaths;
  readonly session: ProjectSession;
  readonly jobs: JobQueue;
  readonly media: Pick<MediaProcess, 'draw'>;
  readonly window: () => Electron.BrowserWindow | null;
  readonly notify: <Name extends NoticeName>(name: Name, notice: Notices[Name]) => void;
}

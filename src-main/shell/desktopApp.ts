import { once } from 'node:events';
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, Menu, nativeTheme } from 'electron';
import type { JobView, NoticeName, Notices } from '#contract/channels.ts';
import { jobKindOf } from '#contract/jobs/jobKinds.ts';
import { failureOf, hasCode } from '#common/errors.ts';
import { problemOf } from '#common/failures/failures.ts';
import { appHandlers } from './handlers/appHandlers.ts';
import { datasetHandlers } from './handlers/datasetHandlers.ts';
import { dialogHandlers } from './handlers/dialogHandlers.ts';
import { fileHandlers } from './handlers/fileHandlers.ts';
import { jobHandlers } from './handlers/jobHandlers.ts';
import { projectHandlers } from './handlers/projectHandlers.ts';
import { resultHandlers } from './handlers/resultHandlers.ts';
import type { Places, Services } from './handlers/services.ts';
import { receiveDroppedPaths } from './ipc/receiveDroppedPaths.ts';
import { serveIpc } from './ipc/serveIpc.ts';
import { announceEnd, StayAwake, taskbarProgress } from './jobs/announceJobs.ts';
import { jobProcesses } from './jobs/jobProcesses.ts';
import { JobQueue } from './jobs/jobQueue.ts';
import { closeProject, openProject } from './project/openProject.ts';
import { ProjectSession } from './project/projectSession.ts';
import { projectRecords } from './project/projectRecords.ts';
import { MediaProcess } from './processes/mediaProcess.ts';
import { serveMedia } from './protocol/serveMedia.ts';
import type { ServeMedia } from './protocol/serveMedia.ts';
import { appSettingsFile } from './storage/appSettings.ts';
import { GrantedPaths } from './storage/grantedPaths.ts';
import { RecentProjects } from './storage/recentProjects.ts';
import { requireKnownServer } from '../files/requireKnownServer.ts';
import { applicationMenu } from './window/applicationMenu.ts';
import { askBeforeClosing } from './window/askBeforeClosing.ts';
import { createWindow } from './window/createWindow.ts';
import { reloadAfterCrash } from './window/reloadAfterCrash.ts';

/** The running program: its window, its open project, its jobs, and what connects them. */
export class DesktopApp {
  readonly #places: Places;
  readonly #services: Services;
  readonly #media: MediaProcess;
  readonly #awake = new StayAwake();
  #window: BrowserWindow | null = null;
  #leaving = false;

  constructor(places: Places) {
    this.#places = places;
    const session = new ProjectSession(places.dist, (view, error) => {
      void this.#services.jobs.loseProject();
      this.#tell('project.changed', null);
      const reason = problemOf(error.failure);
      this.#tell('project.refused', { code: 'project-lost', facts: { project: view.name, reason } });
    });
    const jobs = new JobQueue({
      startProcess: jobProcesses(places.dist),
      records: projectRecords(session),
      onChange: (view) => this.#jobChanged(view),
      onExamples: (job, examples) => this.#tell('job.examples', { job, examples }),
      onEnd: (view) => void this.#jobEnded(view),
    });
    this.#media = new MediaProcess(places.dist, join(places.userData, 'thumbnails'));
    this.#services = {
      places,
      session,
      jobs,
      media: this.#media,
      settings: appSettingsFile(places.userData),
      recent: new RecentProjects(places.userData),
      granted: new GrantedPaths(places.userData),
      window: () => this.#window,
      notify: (name, notice) => this.#tell(name, notice),
    };
  }

  /** Pictures of the open project. */
  get media(): ServeMedia {
    const { session, granted } = this.#services;
    return serveMedia({
      find: async (id) => {
        if (!session.current) return null;
        const source = await session.call('images.source', id);
        if (source) await requireKnownServer(source.root, session.current.path, granted);
        return source;
      },
      classifier: (id) => (session.current ? session.call('images.classifier', id) : Promise.resolve(null)),
      found: async (network, image) =>
        session.current ? session.call('networks.found', { network, image }) : null,
      draw: (kind, payload) => this.#media.draw(kind, payload),
    });
  }

  /** Shows the window; opens the given project as soon as the page can be told of it. */
  async start(project: string | null): Promise<void> {
    const services = this.#services;
    serveIpc(ipcMain, {
      ...appHandlers(services),
      ...projectHandlers(services),
      ...datasetHandlers(services),
      ...resultHandlers(services),
      ...jobHandlers(services),
      ...dialogHandlers(services),
      ...fileHandlers(services),
    });
    receiveDroppedPaths(ipcMain, services.granted);
    Menu.setApplicationMenu(
      applicationMenu(process.platform, !app.isPackaged, (command) => {
        this.show();
        this.#tell('command', command);
      }),
    );
    nativeTheme.themeSource = (await services.settings.read()).theme;
    await services.granted.grant(this.#places.exports);
    this.show();
    if (project === null) return;
    // A page that is still loading would miss what is told about the file.
    if (this.#window) await once(this.#window.webContents, 'did-finish-load');
    await this.openFile(project);
  }

  /** Brings the window to the front, after making it if it was closed. */
  show(): void {
    if (this.#window) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
      return;
    }
    const window = createWindow(this.#places.dist);
    this.#window = window;
    window.on('close', (event) => {
      if (this.#leaving) return;
      event.preventDefault();
      void this.leave();
    });
    window.on('closed', () => (this.#window = null));
    reloadAfterCrash(window, () => void this.leave());
  }

  /** Opens a file that was double-clicked or given to a second start. What is wrong with it is told in the window. */
  async openFile(path: string): Promise<void> {
    this.show();
    try {
      await openProject(this.#services, path, 'write');
    } catch (error) {
      if (!hasCode(error, 'cancelled')) this.#tell('project.refused', failureOf(error));
    }
  }

  /** Ends the program, after asking what is to become of running jobs. */
  async leave(): Promise<void> {
    const active = this.#services.jobs.active();
    const answer = active.length > 0 && this.#window ? await askBeforeClosing(this.#window, active) : 'stop';
    if (answer === 'stay') return;
    if (answer === 'keep-running') {
      this.#window?.hide();
      return;
    }
    this.#leaving = true;
    await closeProject(this.#services);
    await Promise.all([this.#services.jobs.kill(), this.#media.stop()]);
    app.quit();
  }

  /** Whether everything has been closed, so that the program may end. */
  get mayQuit(): boolean {
    return this.#leaving;
  }

  #jobChanged(view: JobView): void {
    this.#tell('job.changed', view);
    const active = this.#services.jobs.active();
    this.#awake.set(active.length > 0);
    this.#window?.setProgressBar(taskbarProgress(active));
  }

  async #jobEnded(view: JobView): Promise<void> {
    const { session, jobs, settings } = this.#services;
    if (jobKindOf(view.kind).writes) this.#tell('project.changed', session.current);
    if ((await settings.read()).notifications) announceEnd(view, this.#window, () => this.show());
    // Nobody is there to start more, and everything is in the project.
    if (jobs.active().length === 0 && this.#window?.isVisible() === false) await this.leave();
  }

  #tell<Name extends NoticeName>(name: Name, notice: Notices[Name]): void {
    this.#window?.webContents.send('notice', name, notice);
  }
}

import { Project } from '../../project/project.ts';
import { addStarterLibrary } from './starterLibrary.ts';

/**
 * Makes a project that can predict from the start, because it holds the library that comes with the product.
 * @param starterLibrary false leaves it out; it can be brought in later
 * @throws what Project.create throws
 */
export function newProject(path: string, { starterLibrary }: { readonly starterLibrary: boolean }): Project {
  const project = Project.create(path);
  if (!starterLibrary) return project;
  try {
    addStarterLibrary(project);
    return project;
  } catch (error) {
    project.close();
    throw error;
  }
}

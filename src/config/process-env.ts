/** This process's environment, for children that need all of it. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });

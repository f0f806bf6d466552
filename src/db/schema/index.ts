export * from './addresses';
export * from './eta';
export * from './events';
export * from './messages';
export * from './orders';
export * from './people';
export * from './restaurants';
export * from './shares';

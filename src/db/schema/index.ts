export * from './addresses';
export * from './events';
export * from './orders';
export * from './people';
export * from './restaurants';

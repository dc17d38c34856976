export const STORAGE = Symbol('Storage');

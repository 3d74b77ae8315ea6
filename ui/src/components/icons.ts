/** Outlines on a 16 by 16 grid, drawn with a round 1.5 pen. */
export const icons = {
  projects: "M8 1.8 13.5 4.9v6.2L8 14.2 2.5 11.1V4.9L8 1.8ZM2.7 5 8 8l5.3-3M8 8v6",
  changes: "M2.5 5.2h10M9.8 2.5l2.7 2.7-2.7 2.7M13.5 10.8h-10M6.2 8.1l-2.7 2.7 2.7 2.7",
  settings: "M2 4.5h6.2M12 4.5h2M2 11.5h2M7.8 11.5H14M10.1 2.6v3.8M5.9 9.6v3.8",
  refresh: "M13.4 8a5.4 5.4 0 1 1-1.6-3.9M13.5 1.9v2.9h-2.9",
  out: "M6 3.5H3.8a1.3 1.3 0 0 0-1.3 1.3v7.4a1.3 1.3 0 0 0 1.3 1.3h7.4a1.3 1.3 0 0 0 1.3-1.3V10M9 2.5h4.5V7M13.3 2.7 7.5 8.5",
  search: "M7 11.8a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6ZM10.5 10.5l3.3 3.3",
  menu: "M2.5 4h11M2.5 8h11M2.5 12h11",
  down: "M4 6.2 8 10.2l4-4",
  check: "M3 8.4 6.4 11.8 13 4.6",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.6M8 4.9v.2",
  warning: "M8 2.2 14.3 13.4H1.7L8 2.2ZM8 6.4v3.3M8 11.5v.2",
  error: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6 6l4 4M10 6l-4 4",
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3.2v9.6M3.2 8h9.6",
  minus: "M3.2 8h9.6",
  replace: "M2.8 9.4c1.7-3.4 3.5-3.4 5.2-1.4s3.5 2 5.2-1.4",
} as const;

export type IconName = keyof typeof icons;

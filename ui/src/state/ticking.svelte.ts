/** The time as the screen knows it; "2 minutes ago" moves on with it. */
export class Ticking {
  now = $state(Date.now());

  constructor(everyMs: number) {
    $effect(() => {
      const timer = setInterval(() => (this.now = Date.now()), everyMs);
      return () => clearInterval(timer);
    });
  }
}

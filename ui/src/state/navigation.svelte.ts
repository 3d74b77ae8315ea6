// Which screen is shown. First start and sign-in are not chosen here alone: without an index or an
// account nothing else can be shown (see Desk.screen).
export type Place =
  | { screen: "projects" }
  | { screen: "publishing"; project: string; /** the id of what one came for */ focus?: string }
  | { screen: "changes" }
  | { screen: "settings" }
  | { screen: "sign-in" };

export class Navigation {
  place = $state.raw<Place>({ screen: "projects" });

  go(place: Place): void {
    this.place = place;
  }
}

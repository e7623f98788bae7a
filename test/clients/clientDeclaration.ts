import { declaration as accounts } from "../emulator/support/emulator";
import type { Declaration } from "../../emulator";

/** Actors that succeed, fail, wait and are paid per event, and tasks of them. */
export const clientDeclaration: Declaration = {
  users: accounts.users,
  actors: [
    {
      username: "janedoe",
      name: "prices",
      title: "Price scraper",
      run: ({ log, pushData, setValue }) => {
        log("looking for prices");
        pushData([{ price: 12 }, { price: 15 }]);
        setValue("OUTPUT", { cheapest: 12 });
        return Promise.resolve();
      },
    },
    { username: "janedoe", name: "broken", run: () => Promise.resolve({ exitCode: 3 }) },
    { username: "janedoe", name: "by-hand", manual: true },
    {
      username: "janedoe",
      name: "paid",
      manual: true,
      pricingInfo: {
        pricingModel: "PAY_PER_EVENT",
        pricingPerEvent: {
          actorChargeEvents: {
            page: { eventTitle: "Page", eventDescription: "A page", eventPriceUsd: 0.01 },
          },
        },
      },
    },
  ],
  tasks: [
    { username: "janedoe", name: "nightly", actor: "janedoe~prices" },
    { username: "janedoe", name: "broken", actor: "janedoe~broken" },
    { username: "janedoe", name: "by-hand", actor: "janedoe~by-hand" },
    { username: "janedoe", name: "paid", actor: "janedoe~paid" },
  ],
};

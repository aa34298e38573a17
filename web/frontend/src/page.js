/** The page that an answer holds, to take parts from it. */
export const pageOf = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

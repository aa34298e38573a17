/** Headers of who asks again and again for what is being worked out: the work must not give way to that. */
export const WAITING = { "X-Waiting": "1" };

/** What an address answers. Who was signed out meanwhile comes to where one signs in, and from there back. */
export async function ask(address, options) {
  const answer = await fetch(address, options);
  if (answer.status === 401) location.reload();
  return answer;
}

/** The page that an answer holds, to take parts from it. */
export const pageOf = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

/** The address follows what one does on the page, and so do the forms that lead back to it or keep it. */
export function goes(to) {
  history.replaceState(null, "", to);
  document.querySelectorAll("[name=next], [name=address]").forEach((field) => { field.value = location.pathname + location.search; });
}

import { DataSet } from "vis-data";
import { Network } from "vis-network";
import { say } from "../live.js";
import { colours, groups, outline, sort, tie } from "./colours.js";
import { Labels } from "./labels.js";

/** With more ties than this they are left out while one moves the picture, or moving it would stutter. */
const MANY_TIES = 1500;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** One canvas: its data, what is chosen, hidden and pinned, and how to go back. What a person did stays from year to year. */
export class Scene {
  constructor(root) {
    this.root = root;
    this.stage = root.querySelector(".stage");
    this.words = document.getElementById(`${root.id}-words`).dataset;
    this.past = [];
    Object.assign(this, untouched());
    this.labels = new Labels(this);
    this.palette = colours(root);
  }

  async load(source) {
    const mine = (this.asked = (this.asked ?? 0) + 1);
    try {
      const answer = await fetch(source, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const picture = await answer.json();
      if (mine !== this.asked) return;
      const before = this.network;
      this.show(picture);
      if (before) this.tell(); // what is chosen has other figures at another time, or is not there
    } catch (error) {
      this.stage.querySelector(".loading")?.remove();
      this.status(this.words.failed);
      throw error;
    }
  }

  /** Draws a picture; one of the same network at another time changes only what differs. */
  show(picture) {
    this.picture = picture;
    for (const node of picture.nodes) node.home ??= { x: node.x, y: node.y };
    for (const edge of picture.edges) edge.id = `${edge.from}~${edge.to}`;
    this.byId = new Map(picture.nodes.map((node) => [node.id, node]));
    this.neighbours = this.linked();
    this.settle();
    const nodes = picture.nodes.map((node) => this.dressed(node)), edges = picture.edges.map((edge) => this.tied(edge));
    if (this.network) {
      this.network.setOptions(this.options());
      replace(this.nodes, nodes);
      replace(this.edges, edges);
    } else this.start(nodes, edges);
    if (!this.root.dataset.pair) this.legend();
    this.describe();
    this.root.dispatchEvent(new CustomEvent("drawn", { detail: this }));
  }

  /** The legend has the kinds of ties that there are at this time. */
  legend() {
    const kinds = new Set(this.picture.edges.map(sort));
    document.querySelectorAll("[data-tie-toggle]").forEach((button) => { button.parentElement.hidden = !kinds.has(button.dataset.tieToggle); });
  }

  start(nodes, edges) {
    const place = Object.assign(document.createElement("div"), { className: "vis-network" });
    this.stage.replaceChildren(place);
    [this.nodes, this.edges] = [new DataSet(nodes), new DataSet(edges)];
    this.network = new Network(place, { nodes: this.nodes, edges: this.edges }, this.options());
    this.listen();
    this.network.fit({ animation: false });
  }

  options() {
    const { options, edges, nodes } = this.picture;
    const interaction = { ...options.interaction, hideEdgesOnDrag: edges.length > MANY_TIES };
    return { ...options, groups: groups(nodes, this.palette), interaction };
  }

  dressed({ label, centre, hollow, home, ...node }) {
    const pinned = this.pinned.has(node.id);
    return { borderWidth: 1, ...node, ...(hollow ? outline(node, this.palette) : {}), fixed: pinned, hidden: this.out(node), ...(pinned ? { borderWidth: 4 } : {}) };
  }

  tied(edge) { return { ...tie(edge, this.palette), hidden: this.off.has(sort(edge)) }; }

  /** Whether a node is out of sight: hidden, of a sector that is switched off, or outside the neighbourhood that is shown; what is pinned never is. */
  out({ id, group }) {
    return !this.pinned.has(id) && (this.covered.has(id) || this.off.has(group) || Boolean(this.near && !this.near.has(id)));
  }

  /** Places, neighbourhood and names as they follow from what a person did. */
  settle() {
    for (const node of this.picture.nodes) Object.assign(node, this.moved.get(node.id) ?? node.home);
    this.near = this.focus && this.around(this.focus.from, this.focus.steps);
    this.labels.of(this.picture.nodes, this.picture.edges);
  }

  /** Draws what a step changed. */
  refresh() {
    this.settle();
    const { picture, nodes, edges } = this;
    nodes.update(picture.nodes.map((node) => this.dressed(node)).filter((node) => differs(nodes.get(node.id), node)));
    edges.update(picture.edges.filter((edge) => edges.get(edge.id).hidden !== this.off.has(sort(edge))).map((edge) => this.tied(edge)));
    this.network.redraw();
    this.undoable();
    this.root.dispatchEvent(new CustomEvent("changed"));
  }

  /** The nodes within ``steps`` of ``ids``, themselves included. */
  around(ids, steps) {
    let found = new Set(ids);
    for (let i = 0; i < steps; i += 1) found = new Set([...found, ...[...found].flatMap((id) => [...(this.neighbours.get(id) ?? [])])]);
    return found;
  }

  recolour() {
    this.palette = colours(this.root);
    if (this.picture) this.show(this.picture);
  }

  listen() {
    const { network, stage } = this;
    network.on("afterDrawing", (context) => this.labels.draw(context, network, this.palette));
    network.on("dragStart", () => this.grabbed());
    network.on("dragEnd", (event) => this.dropped(event.nodes));
    network.on("click", (event) => this.clicked(event));
    network.on("doubleClick", (event) => event.nodes.length && this.open(event.nodes[0]));
    network.on("select", () => this.tell());
    if (window !== window.top && !new URLSearchParams(location.search).has("scroll")) return network.setOptions({ interaction: { zoomView: false } });
    const wheel = (zoomView) => network.setOptions({ interaction: { zoomView } });
    wheel(false);
    stage.addEventListener("focusin", () => wheel(true));
    stage.addEventListener("focusout", () => wheel(false));
  }

  grabbed() {
    this.labels.still = false;
  }

  /** Where a node is put it stays, also in another year; undo puts it back. */
  dropped(ids) {
    this.labels.still = true;
    if (!ids.length) return;
    const places = Object.entries(this.network.getPositions(ids)).map(([key, at]) => [this.byId.has(key) ? key : Number(key), at]);
    this.step(() => { this.moved = new Map([...this.moved, ...places]); });
  }

  clicked(event) {
    this.stage.focus({ preventScroll: true });
    const node = this.byId.get(event.nodes[0]);
    const several = event.event.srcEvent.ctrlKey || event.event.srcEvent.metaKey;
    if (node?.members && !several) this.open(node.id);
  }

  linked() {
    const found = new Map(this.picture.nodes.map((node) => [node.id, new Set()]));
    for (const edge of this.picture.edges) {
      if (edge.suggestion || edge.change === "ended") continue;
      found.get(edge.from)?.add(edge.to);
      found.get(edge.to)?.add(edge.from);
    }
    return found;
  }

  get chosen() { return this.network.getSelectedNodes(); }

  choose(ids, { look = false, edges = [] } = {}) {
    this.network.setSelection({ nodes: ids.filter((id) => this.byId.has(id)), edges }, { highlightEdges: !edges.length && ids.length === 1 });
    if (look && ids.length) this.bring(ids.at(-1));
    this.tell();
  }

  bring(id) {
    const { x, y } = this.network.getPosition(id);
    const at = this.network.canvasToDOM({ x, y });
    const { clientWidth: w, clientHeight: h } = this.stage;
    if (at.x > 40 && at.y > 40 && at.x < w - 40 && at.y < h - 40) return;
    this.move("moveTo", { position: { x, y } });
  }

  /** Moves the picture as vis-network names it; of a move at once that says nothing. */
  move(how, where) {
    this.network[how]({ ...where, animation: this.motion });
    if (still.matches) this.root.dispatchEvent(new CustomEvent("moved"));
  }

  get motion() { return still.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" }; }

  /** Opens what a node stands for; into a group one moves first, so that the eye can follow. */
  open(id) {
    const { url, members } = this.byId.get(id) ?? {};
    if (!url) return;
    if (!members || still.matches) return void location.assign(url);
    const left = { scale: this.network.getScale(), position: this.network.getViewPosition() };
    addEventListener("pageshow", () => this.network.moveTo(left), { once: true }); // Back finds it as it was
    this.network.focus(id, { scale: this.network.getScale() * 3, animation: this.motion });
    setTimeout(() => location.assign(url), this.motion.duration);
  }

  /** Takes a step that can be taken back: ``what`` puts other sets in the place of those that it changes. */
  step(what) {
    this.past.push({ ...this.done, chosen: this.chosen });
    what();
    this.refresh();
  }

  get done() {
    const { covered, off, pinned, moved, focus } = this;
    return { covered, off, pinned, moved, focus };
  }

  undo() {
    const { chosen, ...before } = this.past.pop() ?? {};
    if (!chosen) return;
    Object.assign(this, before);
    this.refresh();
    this.choose(chosen);
    this.status(this.words.undone);
  }

  /** As it was at first: nothing chosen, hidden, switched off, pinned or moved; undo takes that back too. */
  again() {
    const { done } = this, first = untouched();
    if (Object.keys(first).some((name) => done[name] !== null && done[name]?.size !== 0)) this.step(() => Object.assign(this, first));
    this.choose([]);
  }

  /** A button that can do nothing any more hands on the focus that it has. */
  undoable() {
    const button = this.root.querySelector("[data-do=undo]");
    if (!this.past.length && document.activeElement === button) this.stage.focus({ preventScroll: true });
    button.disabled = !this.past.length;
  }

  /** Hides nodes, or shows them again where all of them are hidden: a table can choose those too. What is pinned stays. */
  hide(ids) {
    if (!ids.length) return this.status(this.words.choosefirst);
    const seen = ids.filter((id) => !this.covered.has(id)), changed = seen.length ? seen.filter((id) => !this.pinned.has(id)) : ids;
    if (!changed.length) return this.status(this.words.staypinned);
    this.step(() => {
      this.covered = new Set(seen.length ? [...this.covered, ...changed] : [...this.covered].filter((id) => !changed.includes(id)));
      this.choose([]);
    });
    this.status(this.fill(seen.length ? this.words.hidden : this.words.back, { count: changed.length }));
  }

  pin(ids) {
    if (!ids.length) return this.status(this.words.choosefirst);
    const on = ids.some((id) => !this.pinned.has(id));
    this.step(() => { this.pinned = new Set(on ? [...this.pinned, ...ids] : [...this.pinned].filter((id) => !ids.includes(id))); });
    this.status(this.fill(on ? this.words.pinned : this.words.unpinned, { count: ids.length }));
  }

  shown() { return this.picture.nodes.filter((node) => !this.out(node)); }

  hidden() { return this.picture.nodes.filter((node) => this.out(node)).map((node) => node.id); }

  describe() {
    const { nodes, nodes_of, ties, ties_of, level, edges } = this.picture;
    const bubbles = level !== "organisations";
    const text = !nodes.length ? this.words.nothing
      : bubbles ? this.words.bubbles
        : nodes.length < nodes_of || ties < ties_of ? this.words.shown : this.words.whole;
    const count = (change) => edges.filter((edge) => edge.change === change).length;
    const began = count("began"), ended = count("ended");
    const more = began || ended ? ` ${this.fill(this.words.changes, { began, ended })}` : "";
    this.status(this.fill(text, { nodes: nodes.length, nodes_of, ties, ties_of }) + more);
  }

  tell() {
    const place = this.root.querySelector("[data-chosen]");
    const ids = this.chosen;
    place.hidden = !ids.length;
    place.replaceChildren();
    this.root.dispatchEvent(new CustomEvent("chosen", { detail: ids.map((id) => this.byId.get(id)) }));
    if (!ids.length) return;
    if (ids.length > 1) place.append(`${this.fill(this.words.chosen, { count: ids.length })}: `);
    ids.slice(0, 40).forEach((id, i) => {
      const node = this.byId.get(id), name = node.title.split("\n")[0];
      place.append(i ? ", " : "", node.url ? Object.assign(document.createElement("a"), { href: node.url, textContent: name }) : name);
    });
    if (ids.length === 1) {
      const node = this.byId.get(ids[0]);
      const rest = node.members ? this.fill(this.words.members, { count: node.members }) : node.title.split("\n").slice(1).join(", ");
      place.append(` – ${rest}`);
      say(`${node.title}`.replaceAll("\n", ", "));
    } else say(this.fill(this.words.chosen, { count: ids.length }));
  }

  status(text) { this.root.querySelector("[data-status]").textContent = text; }

  fill(text, values) {
    const lang = document.documentElement.lang;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return typeof value === "number" ? value.toLocaleString(lang, { useGrouping: "always" }) : value ?? whole;
    });
  }
}

/** What a person did to a picture before doing anything: ``off`` are sectors and kinds of ties that the legend leaves out. */
const untouched = () => ({ covered: new Set(), off: new Set(), pinned: new Set(), moved: new Map(), focus: null });

const differs = (a, b) => ["hidden", "fixed", "x", "y"].some((name) => a[name] !== b[name]);

/** Makes a data set hold these items. */
function replace(set, items) {
  const kept = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !kept.has(id)));
  set.update(items);
}

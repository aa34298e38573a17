import { DataSet } from "vis-data";
import { Network } from "vis-network";
import { say } from "../live.js";
import { colours, groups, outline } from "./colours.js";
import { Labels } from "./labels.js";

/** With more ties than this they are left out while one moves the picture, or moving it would stutter. */
const MANY_TIES = 1500;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** One canvas: its data, what is chosen and hidden, and how to go back. */
export class Scene {
  constructor(root) {
    this.root = root;
    this.stage = root.querySelector(".stage");
    this.words = document.getElementById(`${root.id}-words`).dataset;
    this.past = [];
    this.labels = new Labels();
    this.palette = colours(root);
  }

  async load(source) {
    try {
      const answer = await fetch(source, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.json());
    } catch (error) {
      this.stage.querySelector(".loading")?.remove();
      this.status(this.words.failed);
      throw error;
    }
  }

  show(picture) {
    this.picture = picture;
    this.root.dataset.level = picture.level;
    this.byId = new Map(picture.nodes.map((node) => [node.id, node]));
    this.nodes = new DataSet(picture.nodes.map((node) => this.dressed(node)));
    this.edges = new DataSet(picture.edges.map((edge) => (edge.suggestion ? { ...edge, ...this.proposal() } : edge)));
    this.labels.of(picture.nodes);
    const hideEdgesOnDrag = picture.edges.length > MANY_TIES;
    const options = { ...picture.options, ...this.looks(), interaction: { ...picture.options.interaction, hideEdgesOnDrag } };
    if (this.network) {
      const view = { position: this.network.getViewPosition(), scale: this.network.getScale() };
      this.network.setOptions(options);
      this.network.setData({ nodes: this.nodes, edges: this.edges });
      this.network.moveTo(view);
    } else {
      const place = document.createElement("div");
      place.className = "vis-network";
      this.stage.replaceChildren(place);
      this.network = new Network(place, { nodes: this.nodes, edges: this.edges }, options);
      this.listen();
      this.network.fit({ animation: false });
    }
    this.neighbours = this.linked();
    this.describe();
    this.root.dispatchEvent(new CustomEvent("drawn"));
  }

  dressed({ label, centre, hollow, ...node }) {
    return { ...node, label: undefined, ...(hollow ? outline(node, this.palette) : {}) };
  }

  proposal() {
    return { color: { color: this.palette.suggested, highlight: this.palette.suggested, hover: this.palette.suggested } };
  }

  looks() {
    const { tie, accent, ink, card } = this.palette;
    const font = { color: ink, size: 12, strokeWidth: 4, strokeColor: card, align: "middle" };
    return {
      groups: groups(this.picture.nodes, this.palette),
      edges: { ...this.picture.options.edges, color: { color: tie, highlight: accent, hover: accent, opacity: 0.5 }, font },
    };
  }

  recolour() {
    this.palette = colours(this.root);
    if (this.picture) this.show(this.picture);
  }

  listen() {
    const { network, stage } = this;
    network.on("afterDrawing", (context) => this.labels.draw(context, network, this.palette));
    network.on("dragEnd", (event) => event.nodes.length && this.labels.moved(network.getPositions(event.nodes)));
    network.on("click", (event) => this.clicked(event));
    network.on("doubleClick", (event) => event.nodes.length && this.open(event.nodes[0]));
    network.on("select", () => this.tell());
    const wheel = (zoomView) => network.setOptions({ interaction: { zoomView } });
    wheel(false);
    stage.addEventListener("focusin", () => wheel(true));
    stage.addEventListener("focusout", () => wheel(false));
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
      if (edge.suggestion) continue;
      found.get(edge.from)?.add(edge.to);
      found.get(edge.to)?.add(edge.from);
    }
    return found;
  }

  get chosen() { return this.network.getSelectedNodes(); }

  choose(ids, { look = false } = {}) {
    this.network.selectNodes(ids, false);
    if (look && ids.length === 1) this.bring(ids[0]);
    this.tell();
  }

  bring(id) {
    const { x, y } = this.network.getPosition(id);
    const at = this.network.canvasToDOM({ x, y });
    const { clientWidth: w, clientHeight: h } = this.stage;
    if (at.x > 40 && at.y > 40 && at.x < w - 40 && at.y < h - 40) return;
    this.network.moveTo({ position: { x, y }, animation: this.motion });
  }

  get motion() { return still.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" }; }

  open(id) {
    const { url } = this.byId.get(id) ?? {};
    if (url) location.assign(url);
  }

  /** Takes a step that can be taken back. */
  step(back) {
    this.past.push(back);
    this.undoable();
  }

  undo() {
    this.past.pop()?.();
    this.undoable();
  }

  undoable() { this.root.querySelector("[data-do=undo]").disabled = !this.past.length; }

  hide(ids) {
    if (!ids.length) return;
    const set = (hidden) => {
      this.nodes.update(ids.map((id) => ({ id, hidden })));
      this.labels.hide(ids, hidden);
    };
    set(true);
    this.step(() => set(false));
    this.status(this.fill(this.words.hidden, { count: ids.length }));
  }

  hidden() { return this.nodes.get({ filter: (node) => node.hidden }).map((node) => node.id); }

  describe() {
    const { nodes, nodes_of, ties, ties_of, level } = this.picture;
    const bubbles = level !== "organisations";
    const text = !nodes.length ? this.words.nothing
      : bubbles ? this.words.bubbles
        : nodes.length < nodes_of || ties < ties_of ? this.words.shown : this.words.whole;
    this.status(this.fill(text, { nodes: nodes.length, nodes_of, ties, ties_of }));
  }

  tell() {
    const place = this.root.querySelector("[data-chosen]");
    const ids = this.chosen;
    place.hidden = !ids.length;
    place.replaceChildren();
    if (!ids.length) return;
    if (ids.length > 1) place.append(`${this.fill(this.words.chosen, { count: ids.length })}: `);
    ids.slice(0, 40).forEach((id, i) => {
      const node = this.byId.get(id);
      const link = Object.assign(document.createElement("a"), { href: node.url, textContent: node.title.split("\n")[0] });
      place.append(i ? ", " : "", link);
    });
    if (ids.length === 1) {
      const node = this.byId.get(ids[0]);
      const rest = node.members ? this.fill(this.words.members, { count: node.members }) : node.title.split("\n").slice(1).join(", ");
      place.append(` – ${rest}`);
      say(`${node.title}`.replaceAll("\n", ", "));
    }
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

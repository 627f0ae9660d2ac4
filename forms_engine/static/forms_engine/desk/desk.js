/* The form desk: condition builder, option rows, suggested keys. Plain custom elements, no framework, no eval. */
(() => {
  "use strict";

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  const select = (label, options, value, onchange) => {
    const element = make("select", { "aria-label": label, onchange: (event) => onchange(event.target.value) });
    for (const [key, text] of options) element.append(make("option", { value: key, selected: key === value }, text));
    return element;
  };

  /* <condition-builder data-name="visible"> holds <script type="application/json"> {tree, questions, operators, labels} */
  class ConditionBuilder extends HTMLElement {
    connectedCallback() {
      if (this.ready) return;
      this.ready = true;
      const data = JSON.parse(this.querySelector("script").textContent);
      this.tree = data.tree || { join: "and", items: [] };
      this.questions = new Map(data.questions.map((question) => [question.path, question]));
      this.operators = data.operators;
      this.labels = data.labels;
      this.input = make("input", { type: "hidden", name: this.dataset.name });
      this.rows = make("div", { class: "desk-condition" });
      this.sentence = make("p", { class: "desk-sentence", "aria-live": "polite" });
      this.append(this.input, this.rows, this.sentence);
      this.draw();
    }

    draw() {
      this.rows.replaceChildren(this.group(this.tree, null));
      this.store();
    }

    store() {
      this.input.value = JSON.stringify(this.tree);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.explain(), 250);
    }

    async explain() {
      const body = new FormData();
      body.append("tree", this.input.value);
      body.append("effect", this.dataset.effect || "");
      body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      try {
        const answer = await fetch(this.dataset.sentenceUrl, { method: "POST", body });
        const { sentence, error } = await answer.json();
        this.sentence.textContent = error || sentence;
        this.sentence.classList.toggle("desk-sentence--error", Boolean(error));
      } catch {
        this.sentence.textContent = "";
      }
    }

    group(tree, remove) {
      const box = make("fieldset", { class: "desk-group" });
      box.append(make("legend", { class: "desk-hidden" }, "Bedingungen"));
      tree.items.forEach((item, index) => {
        if (index) {
          box.append(
            select("Verknüpfung", [["and", "und"], ["or", "oder"]], tree.join, (join) => {
              tree.join = join;
              this.draw();
            }),
          );
        }
        const drop = () => {
          tree.items.splice(index, 1);
          this.draw();
        };
        box.append(item.items ? this.group(item, drop) : this.comparison(item, drop));
      });
      const buttons = make("div", { class: "desk-buttons" });
      buttons.append(
        this.button("+ Bedingung", () => tree.items.push(this.blank())),
        this.button("+ Klammer", () => tree.items.push({ join: tree.join === "or" ? "and" : "or", items: [this.blank()] })),
      );
      if (remove) buttons.append(make("button", { type: "button", class: "button button-small no", onclick: remove }, "Klammer entfernen"));
      box.append(buttons);
      return box;
    }

    button(text, change) {
      return make("button", { type: "button", class: "button button-small button-secondary", onclick: () => (change(), this.draw()) }, text);
    }

    blank() {
      return { path: "", measure: "value", operator: "", value: "" };
    }

    comparison(item, remove) {
      const row = make("div", { class: "desk-comparison" });
      const subjects = [["", "Frage wählen …"]];
      for (const question of this.questions.values()) {
        if (question.kind === "rows") subjects.push([`count|${question.path}`, `Anzahl: ${question.label}`]);
        else subjects.push([`value|${question.path}`, question.label]);
        if (question.kind === "date") subjects.push([`age|${question.path}`, `Alter aus: ${question.label}`]);
      }
      row.append(
        select("Frage", subjects, item.path ? `${item.measure || "value"}|${item.path}` : "", (value) => {
          const [measure, path] = value.split("|");
          Object.assign(item, { measure: measure || "value", path: path || "", operator: "", value: "" });
          this.draw();
        }),
      );
      const question = this.questions.get(item.path);
      if (question) {
        const kind = item.measure && item.measure !== "value" ? item.measure : question.kind;
        const allowed = this.operators[kind] || ["filled", "empty"];
        if (!allowed.includes(item.operator)) item.operator = allowed[0];
        row.append(
          select("Vergleich", allowed.map((name) => [name, this.labels[name]]), item.operator, (operator) => {
            item.operator = operator;
            this.draw();
          }),
        );
        if (!["yes", "no", "filled", "empty"].includes(item.operator)) row.append(this.value(item, question, kind));
      }
      row.append(make("button", { type: "button", class: "button button-small no", "aria-label": "Bedingung entfernen", onclick: remove }, "×"));
      return row;
    }

    value(item, question, kind) {
      if (question.options && question.options.length && item.operator === "in") {
        const chosen = new Set([].concat(item.value || []));
        const list = make("span", { class: "desk-options" });
        for (const [value, text] of question.options) {
          const box = make("input", { type: "checkbox", value, onchange: (event) => {
            if (event.target.checked) chosen.add(value);
            else chosen.delete(value);
            item.value = [...chosen];
            this.store();
          } });
          box.checked = chosen.has(value);
          list.append(make("label", {}, box, ` ${text}`));
        }
        return list;
      }
      const change = (value) => {
        item.value = value;
        this.store();
      };
      if (question.options && question.options.length && kind !== "text") {
        const value = [].concat(item.value)[0] || "";
        return select("Wert", [["", "Wert wählen …"], ...question.options], value, change);
      }
      const type = kind === "date" ? "text" : ["integer", "age", "count"].includes(kind) ? "number" : "text";
      const hint = kind === "date" ? "JJJJ-MM-TT oder heute" : "";
      return make("input", { type, value: [].concat(item.value)[0] || "", placeholder: hint, "aria-label": "Wert", oninput: (event) => change(event.target.value) });
    }
  }
  customElements.define("condition-builder", ConditionBuilder);

  /* <row-list> with a <template> of one row and [data-add]; rows carry [data-row] and [data-remove] */
  class RowList extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", (event) => {
        if (event.target.closest("[data-add]")) this.add();
        const remove = event.target.closest("[data-remove]");
        if (remove) remove.closest("[data-row]").remove();
      });
    }

    add() {
      const next = 1 + Math.max(-1, ...[...this.querySelectorAll("[data-row]")].map((row) => Number(row.dataset.row)));
      const holder = make("div");
      holder.innerHTML = this.querySelector("template").innerHTML.replaceAll("__n__", String(next));
      const row = holder.firstElementChild;
      this.querySelector("[data-rows]").append(row);
      const first = row.querySelector("input:not([type=hidden]), textarea");
      if (first) first.focus();
    }
  }
  customElements.define("row-list", RowList);

  /* A new question's key follows its label until somebody types one. */
  const label = document.querySelector("[data-suggests-key]");
  const key = document.querySelector("[data-suggested-key]");
  if (label && key && !key.value) {
    let own = false;
    key.addEventListener("input", () => (own = true));
    label.addEventListener("input", () => {
      if (own) return;
      const folded = label.value.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss");
      key.value = folded.replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 40);
    });
  }

  /* Leaving with unsaved changes asks first. */
  const form = document.querySelector("form[data-desk-form]");
  if (form) {
    let dirty = false;
    form.addEventListener("input", () => (dirty = true));
    form.addEventListener("submit", () => (dirty = false));
    window.addEventListener("beforeunload", (event) => {
      if (dirty) event.preventDefault();
    });
  }
})();

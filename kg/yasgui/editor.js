// Opens the editor on this server; what it would fetch from other addresses is left out.
const examples = JSON.parse(document.getElementById("questions").textContent);
const endpoint = new URL("/sparql", location.href).href;
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.defaults.value = examples[0].query;
const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint, method: "POST" },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  persistenceId: null,
});
const select = document.createElement("select");
select.setAttribute("aria-label", "Example");
select.append(new Option("Examples …", ""), ...examples.map((each, at) => new Option(each.name, at)));
select.addEventListener("change", () => {
  if (select.value !== "") yasgui.getTab().setQuery(examples[select.value].query);
});
document.querySelector("#yasgui").before(select);

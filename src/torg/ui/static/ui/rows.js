// A row of pages that is pulled sideways on a narrow screen begins where one is.
for (const place of document.querySelectorAll(".t-room__link[aria-current], .t-tabs__link[aria-current]")) {
  const row = place.closest(".t-room, .t-tabs__list");
  const here = place.getBoundingClientRect();
  row.scrollLeft += here.left - row.getBoundingClientRect().left - (row.clientWidth - here.width) / 2;
}

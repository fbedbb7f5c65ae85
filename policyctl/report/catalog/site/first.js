// Before the list is there: only rows that the script has asked for are laid out, be there ever so many.
document.documentElement.classList.add("js");

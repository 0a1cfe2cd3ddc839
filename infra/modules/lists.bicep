// Lists as people write them in one setting, with the separators that the app takes too.

@export()
@description('The items of a list that is separated by commas, semicolons or blanks.')
func items(list string) array =>
  filter(map(split(list, [',', ';', ' ', '\t', '\r', '\n']), item => trim(item)), item => !empty(item))

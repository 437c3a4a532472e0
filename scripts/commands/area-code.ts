// The code of a county, a town or a village.

export const AREA_CODE = /^[0-9]{6}([0-9]{3}([0-9]{3})?)?$/

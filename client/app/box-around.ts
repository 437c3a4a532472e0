// A view of a place by itself.
import type { Box, Place } from '../../core/contract/geometry.ts'

/** In degrees: some two hundred metres. */
const AROUND = 0.001

export const boxAround = ([lng, lat]: Place): Box => [lng - AROUND, lat - AROUND, lng + AROUND, lat + AROUND]

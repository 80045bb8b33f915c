// tus-js-client plays a station: node client.mjs URL FILE CHUNK PARALLEL [UPLOAD_URL] [DIE_AT]
import * as tus from 'tus-js-client'
import fs from 'node:fs'

const [,, endpoint, file, chunk, parallel, uploadUrl, dieAt] = process.argv
const size = fs.statSync(file).size
const options = {
  endpoint,
  chunkSize: chunk === 'inf' ? Infinity : Number(chunk),
  retryDelays: null,
  metadata: { filename: 'big.bin', filetype: 'video/mp4' },
  onError (error) { console.log('ERR', error.message); process.exit(1) },
  onUploadUrlAvailable () { console.log('URL', upload.url) },
  onProgress (sent) { if (dieAt && sent > Number(dieAt)) process.exit(9) },
  onSuccess () { console.log('OK') },
}
if (uploadUrl && uploadUrl !== '-') options.uploadUrl = uploadUrl
if (Number(parallel) > 1) options.parallelUploads = Number(parallel)
else options.uploadSize = size
const upload = new tus.Upload(fs.createReadStream(file), options)
upload.start()

// The older majors are only here to run the tests on them: the types of Express 5 do.
declare module 'express4' {
  import express = require('express');
  export = express;
}
declare module 'express4.17' {
  import express = require('express');
  export = express;
}

import { copernicaFailures } from 'copernica-failures';
import express from 'express';

const app = express();

app.use(
  '/copernica/failures',
  copernicaFailures({
    onFailure(report) {
      console.log(report);
    },
  }),
);

app.listen(3000, 'localhost', () => {
  console.log('Waiting for reports at http://localhost:3000/copernica/failures');
});

import { Module } from '@nestjs/common';
import { ApiKeyMaking } from './api-key-making.js';
import { ApiKeysController } from './api-keys.controller.js';

@Module({ controllers: [ApiKeysController], providers: [ApiKeyMaking], exports: [ApiKeyMaking] })
export class ApiKeysModule {}

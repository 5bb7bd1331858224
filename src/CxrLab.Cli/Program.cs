using CxrLab.Cli;

return await CommandLine.RunAsync(args);

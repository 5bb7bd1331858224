System.Console.WriteLine("cxrnb");

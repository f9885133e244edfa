"""Finding passages: chunking, embedding, lexical and dense search, fusion, and the store they rest on."""
